"""Keeps notes in PostgreSQL: GET shows them all, POST adds one."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2

with open("/etc/notes/database", encoding="utf-8") as file:
    DATABASE = file.read()


def query(sql, *values):
    with psycopg2.connect(DATABASE) as connection, connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


class Notes(BaseHTTPRequestHandler):
    def answer(self, text):
        data = text.encode("utf-8")
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        self.answer("".join(text + "\n" for (text,) in query("SELECT text FROM note ORDER BY id")))

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode("utf-8")
        query("INSERT INTO note (text) VALUES (%s)", text)
        self.answer("")


query("CREATE TABLE IF NOT EXISTS note (id serial PRIMARY KEY, text text NOT NULL)")
ThreadingHTTPServer(("127.0.0.1", 8080), Notes).serve_forever()
