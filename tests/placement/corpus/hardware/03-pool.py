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
# # Estimer π à quatre

# %%
import random
from multiprocessing import Pool

def tirer(n):
    return sum(random.random() ** 2 + random.random() ** 2 < 1 for _ in range(n))


# %%
with Pool(4) as equipe:
    dedans = equipe.map(tirer, [100_000] * 4)
4 * sum(dedans) / 400_000
