"""A TLS handshake with a server that shows CERTIFICATE for NAME, as a client sees it who trusts the machine's authority.

handshake.py CERTIFICATE KEY NAME
"""
import ssl
import sys

certificate, key, name = sys.argv[1:]
server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
server.load_cert_chain(certificate, key)
client = ssl.create_default_context(cafile="/var/lib/firstboot/ca/ca.pem")
to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
ends = [client.wrap_bio(to_client, to_server, server_hostname=name),
        server.wrap_bio(to_server, to_client, server_side=True)]
try:
    for _ in range(4):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                pass
    print("accepted", ends[0].version())
except ssl.SSLCertVerificationError as problem:
    print("refused", problem.verify_message)
