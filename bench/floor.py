"""The floor that throughput is compared with: a bare page of two requests, and one row stored. Not an example of how to build."""

import os
import sqlite3
import threading

from flask import Flask, request

_local = threading.local()
app = Flask(__name__)


def _connection() -> sqlite3.Connection:
    if not hasattr(_local, "connection"):
        _local.connection = sqlite3.connect(os.environ["FLOOR_DB"], timeout=30, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
            _local.connection.execute(f"PRAGMA {pragma}")
        _local.connection.execute(
            "CREATE TABLE IF NOT EXISTS report (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"
        )
    return _local.connection


PAGE = """<!doctype html><html lang="sv"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Berätta</title><link rel="stylesheet" href="/page.css"><link rel="icon" href="data:,"><h1>Berätta</h1>
<form method="post" action="/"><label>Plats <input name="place"></label><label>Text <textarea name="text"></textarea></label>
<button>Skicka</button></form>"""


@app.get("/page")
def page() -> str:
    return PAGE


@app.get("/page.css")
def style() -> tuple[str, dict[str, str]]:
    return "body{font:1rem sans-serif;margin:1rem}label{display:block}", {"Content-Type": "text/css"}


@app.post("/")
def store() -> str:
    _connection().execute("INSERT INTO report (text) VALUES (?)", (request.form["text"],))
    return "ok"
