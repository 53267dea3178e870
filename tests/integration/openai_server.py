"""A real HTTP server that speaks OpenAI's chat protocol and says what a test tells it to."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class ChatServer:
    """Serves on loopback; `reply` is text, a status, or `stall` / `cut` after some text."""

    def __init__(self):
        self.reply = ""
        self.status = 200
        self.headers = {}
        self.ending = "done"
        self.requests = []
        self.release = threading.Event()
        handler = type("Handler", (_Handler,), {"chat": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def say(self, reply, status=200, headers=None, ending="done"):
        self.reply, self.status, self.headers, self.ending = reply, status, headers or {}, ending

    def close(self):
        self.release.set()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_POST(self):
        chat = self.chat
        body = self.rfile.read(int(self.headers["Content-Length"]))
        chat.requests.append(json.loads(body))
        self.send_response(chat.status)
        for name, value in chat.headers.items():
            self.send_header(name, value)
        if chat.status != 200:
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps({"error": {"message": "no", "type": "x"}}).encode())
            return
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._stream()

    def _stream(self):
        size = max(len(self.chat.reply) // 40, 8)
        for start in range(0, len(self.chat.reply), size):
            self._send({"content": self.chat.reply[start : start + size]}, None)
        if self.chat.ending == "stall":
            self.chat.release.wait(10)
        elif self.chat.ending == "done":
            self._send({}, "stop")
            self.wfile.write(b"data: [DONE]\n\n")

    def _send(self, delta, reason):
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        self.wfile.write(f"data: {json.dumps({**chunk, 'choices': [choice]})}\n\n".encode())
        self.wfile.flush()
