"""The gateway's figures for Prometheus: routes, outcomes and times; never a person's name or address."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from fallback_hub.gateway.refusals import Refusal

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_UNREACHED = frozenset({"hub-unreachable", "hub-slow"})


class Figures:
    """Counts what happens in one gateway; a registry of its own, so that two in one process don't mix."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._requests = Counter(
            "passerelle_gateway_requests", "Requests answered.", ("route", "method", "status"), registry=registry
        )
        self._seconds = Histogram(
            "passerelle_gateway_request_seconds", "Time to answer.", ("route",), buckets=_SECONDS, registry=registry
        )
        self._sign_ins = Counter(
            "passerelle_gateway_sign_ins", "Codes brought, by what came of them.", ("outcome",), registry=registry
        )
        self._hub = Histogram(
            "passerelle_gateway_hub_seconds", "Time the hub took.", ("path",), buckets=_SECONDS, registry=registry
        )
        self._reached = Gauge(
            "passerelle_gateway_hub_reachable", "Whether the hub answered when last asked.", registry=registry
        )

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answer; `route` is a template of the route table, never an address."""
        self._requests.labels(route, method if method in METHODS else "other", str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_sign_in(self, outcome: str) -> None:
        """Count a code that was brought: "granted", or the code of the refusal."""
        self._sign_ins.labels(outcome).inc()

    @contextmanager
    def asking(self, path: str) -> Iterator[None]:
        """Time a question to the hub at a fixed path of its API, and keep whether it could be reached."""
        began = time.perf_counter()
        try:
            yield
        except Refusal as refusal:
            self._reached.set(refusal.code not in _UNREACHED)
            raise
        else:
            self._reached.set(1)
        finally:
            self._hub.labels(path).observe(time.perf_counter() - began)

    def written(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self._registry)
