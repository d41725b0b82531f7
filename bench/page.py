"""What the report form weighs over the wire: ``python -m bench.page``. Headers are not counted, bodies are."""

import re
import tempfile
import urllib.request
from pathlib import Path

from bench.servers import feedback_server, free_port

LINKED = re.compile(r'<(?:link[^>]*rel="(?:stylesheet|icon)"[^>]*href|script[^>]*src)="([^"]+)"')


def weigh(port: int, address: str) -> list[tuple[str, int]]:
    """Each request of a first visit and the bytes of its body, compressed as a phone would get it."""
    page, html = _fetch(port, address)
    requests = [(address, page)]
    for linked in LINKED.findall(html):
        requests.append((linked, _fetch(port, linked)[0]))
    return requests


def _fetch(port: int, address: str) -> tuple[int, str]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{address}", headers={"Accept-Encoding": "br, gzip"}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        body = answer.read()
        if answer.headers.get("Content-Encoding") == "br":
            import brotli

            return len(body), brotli.decompress(body).decode()
        return len(body), body.decode()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        with feedback_server(Path(folder), port):
            for address in ("/", "/p/K19"):
                requests = weigh(port, address)
                print(f"{address}: {sum(size for _, size in requests):,} bytes in {len(requests)} requests")
                for name, size in requests:
                    print(f"    {size:>7,}  {name}")


if __name__ == "__main__":
    main()
