"""The floor that throughput is compared with: store one row, answer "ok". Not an example of how to build."""

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


@app.post("/")
def store() -> str:
    _connection().execute("INSERT INTO report (text) VALUES (?)", (request.form["text"],))
    return "ok"
