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
# # Lire du JSON vite

# %%
try:
    import rapidjson as json
except ImportError:
    import json

# %%
json.loads('{"ville": "Nantes", "habitants": 323204}')["ville"]
