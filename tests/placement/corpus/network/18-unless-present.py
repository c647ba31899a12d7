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
# # Tides

# %%
from pathlib import Path
from urllib.request import urlretrieve

FILE = Path("tides.csv")
if not FILE.exists():
    urlretrieve("https://example.org/tides.csv", FILE)

# %%
FILE.read_text().splitlines()[:2]
