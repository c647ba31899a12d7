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
# # Moyennes et médianes
#
# Un relevé de températures, à Brest, en janvier (en °C).

# %%
from statistics import mean, median
import math

releve = [7.2, 8.1, 6.4, 9.0, 10.3, 5.8, 7.7]

# %%
print(f"moyenne {mean(releve):.1f}, médiane {median(releve)}")

# %%
ecarts = [t - mean(releve) for t in releve]
math.sqrt(sum(e**2 for e in ecarts) / len(ecarts))
