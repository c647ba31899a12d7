import time
from types import SimpleNamespace

from fallback_hub.singleuser.activity import SETTING, note_busy_kernels


def test_a_kernel_that_computes_in_silence_is_activity() -> None:
    states = {"a": "idle"}
    kernels = SimpleNamespace(
        list_kernel_ids=lambda: list(states), get_kernel=lambda name: SimpleNamespace(execution_state=states[name])
    )
    app = SimpleNamespace(kernel_manager=kernels, web_app=SimpleNamespace(settings={}))
    note_busy_kernels(app)  # type: ignore[arg-type]
    assert SETTING not in app.web_app.settings
    states["b"] = "busy"
    note_busy_kernels(app)  # type: ignore[arg-type]
    assert abs(app.web_app.settings[SETTING].timestamp() - time.time()) < 5
