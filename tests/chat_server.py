"""A small server that speaks the chat-completions protocol, in a process of its own: python chat_server.py FOLDER.

It writes its port to FOLDER/port and, for every request that it answers, a line to FOLDER/log: the article's hash. The
model's name says how it behaves: `good`, `limited` (429 once for each), `broken` (500 once for each), `down` (always
500), `slow` (too late), `cut`, `schema`, `closed` (401), `obeys` (does what the article says), or `patient` (a second
for each answer).
"""
import hashlib
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(sys.argv[1])
SEEN = set()


def answer(lines):
    """One event on the first line that tells a sale, one claim of nothing."""
    sold = next((r for r in lines if "sold" in r["text"]), None)
    event = sold and {"line": sold["line"], "quote": " ".join(sold["text"].split()[:6]), "source": "RUS",
                      "event": "COOPERATE", "target": "IRN", "status": "claimed", "date_from": "2005-01-01",
                      "date_to": "2005-12-31", "weapon": "Tor-M1", "speaker": "", "stage": "delivery", "repeats": None}
    return {"events": [event] if event else [], "claims": []}


def obedient(lines):
    """What the article orders: an event on the line that gives the order."""
    order = next(r for r in lines if "gnore" in r["text"])
    return {"events": [{"line": order["line"], "quote": order["text"], "source": "USA", "event": "ASSAULT",
                        "target": "IRN", "status": "actual"}], "claims": []}


class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        told = asked["messages"][1]["content"]
        key, model = hashlib.sha256(told.encode()).hexdigest(), asked["model"]
        first, lines = key not in SEEN, json.loads(told)["lines"]
        SEEN.add(key)
        if model == "closed":
            return self.say(401, {"error": {"message": f"no such key: {self.headers['Authorization']}"}})
        if model == "down" or first and model in ("limited", "broken"):
            return self.say(429 if model == "limited" else 500, {"error": {"message": "try again"}}, retry="0")
        time.sleep({"slow": 3, "patient": 0.6}.get(model, 0))
        made = {"schema": lambda _: {"rows": []}, "obeys": obedient}.get(model, answer)(lines)
        content = json.dumps(made)
        with (FOLDER / "log").open("a") as log:
            log.write(key + "\n")
        cut = model == "cut"
        self.say(200, {"id": "x", "object": "chat.completion", "created": 0, "model": model, "choices": [{
            "index": 0, "finish_reason": "length" if cut else "stop",
            "message": {"role": "assistant", "content": content[:40] if cut else content}}],
            "usage": {"prompt_tokens": 90, "completion_tokens": 10, "total_tokens": 100}})

    def say(self, status, body, retry=None):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if retry:
            self.send_header("Retry-After", retry)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        """Nothing on the terminal."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    (FOLDER / "port.new").write_text(str(server.server_port))
    (FOLDER / "port.new").rename(FOLDER / "port")
    server.serve_forever()
