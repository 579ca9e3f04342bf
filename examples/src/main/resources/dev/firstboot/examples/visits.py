"""Counts visitors in PostgreSQL."""
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2


class Visits(BaseHTTPRequestHandler):
    def do_GET(self):
        with psycopg2.connect("host=127.0.0.1 dbname=visits user=visits") as connection, connection.cursor() as cursor:
            cursor.execute("INSERT INTO visit DEFAULT VALUES")
            cursor.execute("SELECT count(*) FROM visit")
            data = b"%d\n" % cursor.fetchone()[0]
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


ThreadingHTTPServer(("127.0.0.1", 8081), Visits).serve_forever()
