"""Header files for the hosts people use: policy, caching and types, ready to include."""

from lite_site.site.inventory import SHARED

CACHE_FOREVER = "public, max-age=31536000, immutable"
CACHE_NEVER = "no-cache"
FRAMES = "frame-ancestors 'self'"
# Folders of `_passerelle/` whose names change with what they hold.
NAMED_BY_CONTENT = ("pages/", "pyodide-", "shell-", "snapshot-", "wheels/")
NAMED = f"/{SHARED}/({'|'.join(NAMED_BY_CONTENT)})"
COMPRESSED = (
    "application/javascript", "application/json", "application/wasm", "image/svg+xml",
    "text/css", "text/csv", "text/javascript", "text/plain",
)  # fmt: skip
PLAIN = (("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"))


def hosting_files(policy: str) -> dict[str, str]:
    """Path on the site → text, for Netlify-style hosts, Caddy and nginx.

    `policy` is the application pages' Content-Security-Policy, which they state themselves too. From here
    come `frame-ancestors`, which no page can say, and the policy of kernels in browsers whose workers don't
    inherit their page's (frontend/src/serviceworker/confinement.ts).
    """
    whole = f"{policy}; {FRAMES}"
    return {
        "_headers": _netlify(whole),
        f"{SHARED}/hosting/Caddyfile": _caddy(whole),
        f"{SHARED}/hosting/nginx.conf": _nginx(whole),
        ".nojekyll": "",
    }


def _netlify(policy: str) -> str:
    # Of two rules that set one header such hosts send both; they answer `no-cache` in substance by themselves.
    lines = ["/*", f"  Content-Security-Policy: {policy}", *(f"  {name}: {value}" for name, value in PLAIN)]
    for folder in NAMED_BY_CONTENT:
        lines += [f"/{SHARED}/{folder}*", f"  Cache-Control: {CACHE_FOREVER}"]
    return "\n".join(lines) + "\n"


def _caddy(policy: str) -> str:
    plain = "\n".join(f'\t{name} "{value}"' for name, value in PLAIN)
    types = "\n".join(f"\t\theader Content-Type {kind}*" for kind in ("text/html", *COMPRESSED))
    return f"""\
# Include in a site block:  import /srv/site/{SHARED}/hosting/Caddyfile
header {{
\tContent-Security-Policy "{policy}"
{plain}
}}
@passerelle_named path_regexp {NAMED}
header @passerelle_named Cache-Control "{CACHE_FOREVER}"
@passerelle_other not path_regexp {NAMED}
header @passerelle_other Cache-Control "{CACHE_NEVER}"
encode {{
\tzstd
\tgzip
\tmatch {{
{types}
\t}}
}}
"""


def _nginx(policy: str) -> str:
    plain = "\n".join(f'add_header {name} "{value}" always;' for name, value in PLAIN)
    return f"""\
# Include in a server block:  include /srv/site/{SHARED}/hosting/nginx.conf;
# (a location of yours that has add_header lines of its own needs these again, says nginx)
include mime.types;
types {{
    text/javascript mjs;
    application/json ipynb;
}}
gzip on;
gzip_types {" ".join(COMPRESSED)};
set $passerelle_cache "{CACHE_NEVER}";
if ($uri ~ {NAMED}) {{
    set $passerelle_cache "{CACHE_FOREVER}";
}}
add_header Content-Security-Policy "{policy}" always;
{plain}
add_header Cache-Control $passerelle_cache always;
"""
