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
# # Beaucoup de tirages

# %%
import random
random.seed(0)
sum(random.random() for _ in range(10_000)) / 10_000
