"""Makes a key and a certificate that it signs itself, valid between two moments, in minutes from now.

dated.py KEY-FILE CERTIFICATE-FILE FROM TO NAME...
"""
import datetime as dt
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

key_file, file, begin, end, *names = sys.argv[1:]
key = ec.generate_private_key(ec.SECP256R1())
subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "somebody")])
now = dt.datetime.now(dt.timezone.utc).replace(tzinfo=None)
certificate = (x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
               .serial_number(x509.random_serial_number())
               .not_valid_before(now + dt.timedelta(minutes=int(begin)))
               .not_valid_after(now + dt.timedelta(minutes=int(end)))
               .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), False)
               .sign(key, hashes.SHA256()))
with open(key_file, "wb") as out:
    out.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                serialization.NoEncryption()))
with open(file, "wb") as out:
    out.write(certificate.public_bytes(serialization.Encoding.PEM))
