"""Header files for the hosts people use: policy, caching and types, ready to include."""

CACHE_FOREVER = "public, max-age=31536000, immutable"
CACHE_NEVER = "no-cache"
FRAMES = "frame-ancestors 'self'"
PLAIN = (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"))


def hosting_files(policy: str) -> dict[str, bytes]:
    """Path on the site → bytes, for Netlify-style hosts, Caddy and nginx.

    `policy` is the application pages' Content-Security-Policy; workers, which a page's own policy
    doesn't reach, get it from here, and so does `frame-ancestors`, which no page can say.
    """
    whole = f"{policy}; {FRAMES}"
    return {
        "_headers": _netlify(whole).encode(),
        "_passerelle/hosting/Caddyfile": _caddy(whole).encode(),
        "_passerelle/hosting/nginx.conf": _nginx(whole).encode(),
        ".nojekyll": b"",
    }


def _netlify(policy: str) -> str:
    lines = ["/*", f"  Content-Security-Policy: {policy}", *(f"  {name}: {value}" for name, value in PLAIN)]
    lines += [f"  Cache-Control: {CACHE_NEVER}", "/_passerelle/*", f"  Cache-Control: {CACHE_FOREVER}"]
    return "\n".join(lines) + "\n"


def _caddy(policy: str) -> str:
    return f"""\
# Include in a site block:  import /srv/site/_passerelle/hosting/Caddyfile
header {{
\tContent-Security-Policy "{policy}"
{chr(10).join(f'{chr(9)}{name} "{value}"' for name, value in PLAIN)}
\tCache-Control "{CACHE_NEVER}"
}}
@passerelle path_regexp /_passerelle/
header @passerelle Cache-Control "{CACHE_FOREVER}"
encode zstd gzip
"""


def _nginx(policy: str) -> str:
    shared = "\n".join(f'    add_header {name} "{value}" always;' for name, value in PLAIN)
    return f"""\
# Include in a server block whose root is the site:  include /srv/site/_passerelle/hosting/nginx.conf;
include mime.types;
types {{ application/wasm wasm; text/javascript mjs; application/json ipynb; }}
gzip on;
gzip_types application/wasm text/javascript application/json text/css image/svg+xml;
location / {{
    add_header Content-Security-Policy "{policy}" always;
{shared}
    add_header Cache-Control "{CACHE_NEVER}" always;
}}
location ~ /_passerelle/ {{
    add_header Content-Security-Policy "{policy}" always;
{shared}
    add_header Cache-Control "{CACHE_FOREVER}" always;
}}
"""
