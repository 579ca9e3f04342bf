# Runs on the machine, by somebody who has its authority's key: issues a certificate to a file.
#   issue.sh FILE EXTENSION...
ca=/var/lib/firstboot/ca
file=$1
shift
printf '%s\n' "$@" >"$file.ext"
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=issued -keyout "$file.key" 2>/dev/null |
    openssl x509 -req -CA $ca/ca.pem -CAkey $ca/ca.key -days 30 -extfile "$file.ext" -out "$file" 2>/dev/null
cat "$file"
