"""An external component (XEP-0114) that answers each message with its text and the sender's address.

component.py NAME SECRET-FILE [FROM TO]

With FROM and TO it writes a message in the name of somebody else instead. Runs as a service that says when it is connected; ends
with what the server says against it.
"""
import hashlib
import os
import re
import socket
import sys

name, secret_file, *forged = sys.argv[1:]
with open(secret_file, encoding="ascii") as file:
    secret = file.read().strip()
server = socket.create_connection(("127.0.0.1", 5347), 30)
unread = ""


def send(text):
    server.sendall(text.encode())


def until(pattern):
    global unread
    while True:
        found = re.search(pattern, unread, re.DOTALL)
        if found:
            unread = unread[found.end():]
            return found
        data = server.recv(65536)
        if not data:
            sys.exit("the server closed the stream: " + unread)
        unread += data.decode()


send("<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' "
     "xmlns:stream='http://etherx.jabber.org/streams' to='%s'>" % name)
stream = until(r"<stream:stream[^>]*\sid=['\"]([^'\"]*)['\"][^>]*>").group(1)
send("<handshake>%s</handshake>" % hashlib.sha1((stream + secret).encode()).hexdigest())
answer = until(r"<handshake\s*/>|<handshake></handshake>|<stream:error>.*?</stream:error>").group(0)
if "error" in answer:
    sys.exit(answer)
if forged:
    send("<message from='%s' to='%s' type='chat'><body>forged</body></message>" % tuple(forged))
    sys.exit(until(r"<stream:error>.*?</stream:error>").group(0))
ready = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
ready.sendto(b"READY=1", os.environ["NOTIFY_SOCKET"])
server.settimeout(None)
while True:
    message = until(r"<message\s[^>]*>.*?</message>").group(0)
    if "type='error'" in message:
        continue
    sender = re.search(r"\sfrom=['\"]([^'\"]*)['\"]", message).group(1)
    text = re.search(r"<body>(.*?)</body>", message, re.DOTALL).group(1)
    send("<message from='%s' to='%s' type='chat'><body>%s, says %s</body></message>" % (name, sender, text, sender))
