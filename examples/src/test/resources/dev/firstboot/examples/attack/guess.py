"""Guesses passwords the way a client logs in. Asked in JSON on standard input, answers in JSON.

way          5222, 5223, websocket or bosh
sources      the addresses that guesses come from, in turn
guesses      [account, password] for each guess
again        an account and its right password: guesses on until one is refused, and then tries this one
"""
import base64
import http.client
import importlib.machinery
import importlib.util
import json
import os
import re
import socket
import struct
import sys
import time

LOADER = importlib.machinery.SourceFileLoader("probe", "/usr/lib/xmpp/probe")
probe = importlib.util.module_from_spec(importlib.util.spec_from_loader("probe", LOADER))
LOADER.exec_module(probe)
connect = socket.create_connection
SOURCE = "127.0.0.1"


def from_source(address, timeout, *_):
    """To the machine from one of its own addresses."""
    return connect((SOURCE if ":" in SOURCE else "127.0.0.1", address[1]), timeout, (SOURCE, 0))


socket.create_connection = from_source


class WebSocket(probe.Stream):
    """RFC 7395."""

    def __init__(self, _port, domain, direct=True):
        self.domain = domain
        self.buffer = ""
        self.raw = b""
        self.socket = probe.secured(socket.create_connection(("", 443), probe.TIMEOUT), domain)
        self.socket.sendall((
            "GET /ws HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n" % (
                domain, base64.b64encode(os.urandom(16)).decode())).encode())
        while b"\r\n\r\n" not in self.raw:
            self.raw += self.socket.recv(65536)
        head, self.raw = self.raw.split(b"\r\n\r\n", 1)
        if b" 101 " not in head:
            raise probe.Failure("no WebSocket: " + head.decode())
        self.open()

    def open(self):
        self.send("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='%s' version='1.0'/>" % self.domain)
        self.features = self.until(r"<stream:features.*?</stream:features>")

    def send(self, text):
        data = text.encode()
        length = bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + struct.pack(">H", len(data))
        self.socket.sendall(b"\x81" + length + b"\0\0\0\0" + data)

    def until(self, pattern):
        while True:
            found = re.search(pattern, self.buffer, re.DOTALL)
            if found:
                self.buffer = self.buffer[found.end():]
                return found
            self.buffer += self.frame()

    def frame(self):
        head = self.take(2)
        length = head[1] & 127
        if length == 126:
            length = struct.unpack(">H", self.take(2))[0]
        text = self.take(length).decode("utf-8", "replace")
        if head[0] & 15 == 8:
            raise probe.Failure("closed: " + self.buffer)
        return text

    def take(self, count):
        while len(self.raw) < count:
            data = self.socket.recv(65536)
            if not data:
                raise probe.Failure("closed: " + self.buffer)
            self.raw += data
        data, self.raw = self.raw[:count], self.raw[count:]
        return data


class Bosh(probe.Stream):
    """XEP-0206."""

    def __init__(self, _port, domain, direct=True):
        self.domain = domain
        self.buffer = ""
        self.rid = int.from_bytes(os.urandom(4), "big")
        self.socket = http.client.HTTPConnection(domain, 443, timeout=probe.TIMEOUT)
        self.socket.sock = probe.secured(socket.create_connection(("", 443), probe.TIMEOUT), domain)
        self.sid = ""
        self.post("<body xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh' rid='%d' to='%s' ver='1.6' "
                  "wait='5' hold='1' xml:lang='en' xmpp:version='1.0'/>" % (self.rid, domain))
        found = re.search(r"\bsid='([^']*)'", self.buffer)
        if not found:
            raise probe.Failure("no session: " + self.buffer)
        self.sid = found.group(1)
        self.features = self.until(r"<stream:features.*?</stream:features>")

    def post(self, body):
        self.socket.request("POST", "/bosh", body, {"Content-Type": "text/xml; charset=utf-8"})
        response = self.socket.getresponse()
        self.buffer += response.read().decode("utf-8", "replace")
        if response.status != 200:
            raise probe.Failure("HTTP %d: %s" % (response.status, self.buffer))

    def send(self, text):
        self.rid += 1
        self.post("<body xmlns='http://jabber.org/protocol/httpbind' rid='%d' sid='%s'>%s</body>" % (
            self.rid, self.sid, text))

    def until(self, pattern):
        while True:
            found = re.search(pattern, self.buffer, re.DOTALL)
            if found:
                self.buffer = self.buffer[found.end():]
                return found
            if re.search(r"type='terminate'", self.buffer):
                raise probe.Failure("closed: " + self.buffer)
            self.send("")


def starttls(port, domain):
    stream = probe.Stream(port, domain)
    stream.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
    stream.until(r"<proceed[^>]*>")
    stream.secure()
    stream.open()
    return stream


WAYS = {
    "5222": lambda domain: starttls(5222, domain),
    "5223": lambda domain: probe.Stream(5223, domain, direct=True),
    "websocket": lambda domain: WebSocket(443, domain),
    "bosh": lambda domain: Bosh(443, domain),
}


class Guesser:
    """Stays connected for as long as the server bears it."""

    def __init__(self, way, domain):
        self.way = way
        self.domain = domain
        self.stream = None

    def guess(self, user, password):
        """Gives right, wrong or refused."""
        try:
            if not self.stream:
                self.stream = WAYS[self.way](self.domain)
            probe.scram(self.stream, user, password)
        except probe.Failure as failure:
            text = str(failure)
            if "Too many failed logins" in text:
                self.leave()
                return "refused"
            if "not-authorized" in text:
                return "wrong"
            raise
        self.leave()
        return "right"

    def leave(self):
        if self.stream:
            self.stream.close()
        self.stream = None


def main():
    global SOURCE
    task = json.load(sys.stdin)
    with open(probe.SETTINGS, encoding="utf-8") as handle:
        domain = json.load(handle)["domain"]
    begin = time.monotonic()
    outcomes = []
    guessers = {source: Guesser(task["way"], domain) for source in task["sources"]}
    for number, (user, password) in enumerate(task["guesses"]):
        SOURCE = task["sources"][number % len(task["sources"])]
        outcomes.append(guessers[SOURCE].guess(user, password))
    again = []
    if "again" in task:
        user, password = task["again"]
        # A new minute may begin between the two.
        for _ in range(3):
            while guessers[SOURCE].guess(user, "wrong") != "refused":
                outcomes.append("wrong")
            again.append(guessers[SOURCE].guess(user, password))
    json.dump({"seconds": time.monotonic() - begin, "outcomes": outcomes, "again": again}, sys.stdout)


main()
