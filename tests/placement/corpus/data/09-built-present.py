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
# # Chemins construits

# %%
from pathlib import Path

DATA = Path("data")
ville = "temperatures"

# %%
texte = (DATA / f"{ville}.csv").read_text(encoding="utf-8")
len(texte.splitlines())
