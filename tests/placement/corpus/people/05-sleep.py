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
# # Compte à rebours

# %%
from time import sleep, perf_counter

debut = perf_counter()
for n in (3, 2, 1):
    print(n)
    sleep(0.05)

# %%
perf_counter() - debut > 0.1
