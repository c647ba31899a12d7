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
# # Plusieurs tâches à la fois

# %%
from concurrent.futures import ThreadPoolExecutor

# %%
with ThreadPoolExecutor(max_workers=3) as executeur:
    print(list(executeur.map(len, ["un", "deux", "trois"])))
