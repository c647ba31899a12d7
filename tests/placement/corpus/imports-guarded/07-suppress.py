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
# # Optional speed-up

# %%
from contextlib import suppress

with suppress(ImportError):
    import bottleneckx

total = sum(range(1000))

# %%
total
