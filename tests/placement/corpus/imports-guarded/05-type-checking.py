# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Annotations

# %%
from __future__ import annotations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from anndata import AnnData


# %%
def norm(tensor: torch.Tensor) -> float:
    return sum(v * v for v in tensor) ** 0.5

norm([3.0, 4.0])
