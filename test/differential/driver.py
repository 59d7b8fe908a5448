"""Sends cases with Requests: one case a line on standard input, its facts as one line on standard output.

The first line out tells which Requests this is and what its default header fields are. The shapes are those of
case.ts and facts.ts; bytes are strings of one character a byte.
"""

import base64
import io
import json
import sys
import warnings

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth, HTTPDigestAuth, HTTPProxyAuth
from urllib3.util.retry import Retry

warnings.simplefilter("ignore")


class OwnAuth(AuthBase):
    def __init__(self, field, value):
        self.field = field
        self.value = value

    def __call__(self, r):
        r.headers[self.field] = self.value
        return r


class NamedBytes(io.BytesIO):
    name = None


def value(v):
    """The Python value that a JSON one stands for."""
    if isinstance(v, list):
        return [value(item) for item in v]
    if not isinstance(v, dict):
        return v
    if "$bytes" in v:
        return base64.b64decode(v["$bytes"])
    if "$file" in v:
        content = NamedBytes(base64.b64decode(v["$file"]))
        content.name = v.get("name")
        return content
    if "$chunks" in v:
        return (base64.b64decode(piece) for piece in v["$chunks"])
    if "$map" in v:
        return {name: value(item) for name, item in v["$map"]}
    return v


def auth(setup):
    if setup is None:
        return None
    kind = setup["type"]
    if kind == "own":
        return OwnAuth(setup["field"], setup["value"])
    pair = (setup["username"], setup["password"])
    if kind == "pair":
        return pair
    return {"basic": HTTPBasicAuth, "digest": HTTPDigestAuth, "proxy": HTTPProxyAuth}[kind](*pair)


RETRY_NAMES = {
    "total": "total",
    "connect": "connect",
    "read": "read",
    "status": "status",
    "allowedMethods": "allowed_methods",
    "statusForcelist": "status_forcelist",
    "respectRetryAfterHeader": "respect_retry_after_header",
    "raiseOnStatus": "raise_on_status",
}


def adapter(retries):
    if isinstance(retries, int):
        return HTTPAdapter(max_retries=retries)
    return HTTPAdapter(max_retries=Retry(**{RETRY_NAMES[name]: setting for name, setting in retries.items()}))


def session_for(setup):
    session = requests.Session()
    session.trust_env = False
    session.headers.update(dict(setup.get("headers", [])))
    session.params = value(setup.get("params", {"$map": []}))
    session.auth = auth(setup.get("auth"))
    session.cookies.update(setup.get("cookies", {}))
    session.max_redirects = setup.get("maxRedirects", session.max_redirects)
    if "retries" in setup:
        session.mount("http://", adapter(setup["retries"]))
    for mount in setup.get("mounts", []):
        session.mount(mount["prefix"], adapter(mount["retries"]))
    return session


def seconds(timeout):
    if isinstance(timeout, list):
        return tuple(seconds(one) for one in timeout)
    return None if timeout is None else timeout / 1000


def send(session, auths, step):
    key = json.dumps(step.get("auth"))
    if key not in auths:
        auths[key] = auth(step.get("auth"))
    given = {name: value(step[name]) for name in ("params", "data", "files", "cookies") if name in step}
    if "json" in step:
        given["json"] = step["json"]
    if "headers" in step:
        given["headers"] = dict(step["headers"])
    return session.request(
        step["method"],
        step["url"],
        auth=auths[key],
        # As Session.head does; every other verb follows.
        allow_redirects=step.get("allowRedirects", step["method"].upper() != "HEAD"),
        timeout=seconds(step.get("timeout")),
        **given,
    )


def text(v):
    return v.decode("latin-1") if isinstance(v, bytes) else v


def pairs(headers):
    return [[text(name), text(field)] for name, field in headers.items()]


def hop(response):
    return {"status": response.status_code, "reason": response.reason, "url": response.url}


def error_of(call):
    try:
        call()
    except Exception as error:
        return error
    return None


def response_facts(response):
    request = response.request
    json_error = error_of(response.json)
    status_error = error_of(response.raise_for_status)
    following = response.next
    return {
        **hop(response),
        "ok": response.ok,
        "history": [hop(earlier) for earlier in response.history],
        "headers": pairs(response.headers),
        "encoding": response.encoding,
        "content": response.content.decode("latin-1"),
        "text": response.text,
        "jsonError": type(json_error).__name__ if json_error else None,
        "statusError": str(status_error) if status_error else None,
        "isRedirect": response.is_redirect,
        "isPermanentRedirect": response.is_permanent_redirect,
        "links": response.links,
        "next": {"method": following.method, "url": following.url} if following else None,
        "request": {"method": request.method, "url": request.url, "headers": pairs(request.headers)},
    }


def jar_facts(jar):
    cookies = [
        {
            "name": cookie.name,
            "value": cookie.value,
            "domain": cookie.domain,
            "path": cookie.path,
            "secure": cookie.secure,
            "expires": cookie.expires is not None,
        }
        for cookie in jar
    ]
    return sorted(cookies, key=lambda cookie: (cookie["domain"], cookie["path"], cookie["name"]))


def step_facts(session, auths, step):
    facts = {"response": None, "error": None, "jar": []}
    try:
        facts["response"] = response_facts(send(session, auths, step))
    except Exception as error:
        response = getattr(error, "response", None)
        facts["error"] = {
            "name": type(error).__name__,
            "status": None if response is None else response.status_code,
        }
    facts["jar"] = jar_facts(session.cookies)
    return facts


def case_facts(case):
    # One object for one auth setup: a digest remembers its nonce.
    auths = {}
    with session_for(case.get("session", {})) as session:
        return {"steps": [step_facts(session, auths, step) for step in case["steps"]]}


def say(facts):
    print(json.dumps(facts), flush=True)


say(
    {
        "version": requests.__version__,
        "urllib3": urllib3.__version__,
        "defaults": pairs(requests.utils.default_headers()),
    }
)
for line in sys.stdin:
    say(case_facts(json.loads(line)))
