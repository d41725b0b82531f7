"""Every security header in one place, and the refusal of forms sent from other sites."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Full address to ourselves only: other sites must not learn which page somebody came from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), interest-cohort=()",
}


def init_app(app: Flask, https: bool) -> None:
    headers = dict(HEADERS)
    if https:
        headers["Strict-Transport-Security"] = "max-age=31536000"

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.extend({k: v for k, v in headers.items() if k not in response.headers})
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    app.before_request(refuse_impossible_addresses)
    app.before_request(refuse_other_sites)


def refuse_impossible_addresses() -> None:
    """No page of ours has a NUL in its address, and no database takes one."""
    if "\0" in request.path:
        abort(404)


def refuse_other_sites() -> None:
    """A form is taken from our own pages only. Browsers say where it comes from; old ones that do not, pass."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            abort(403)
        return
    origin = request.headers.get("Origin", "null")
    if origin != "null" and urlsplit(origin).netloc != request.host:
        abort(403)
