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
# # Sauver puis relire

# %%
import pandas as pd

scores = pd.DataFrame({"nom": ["Ana", "Bo"], "score": [3, 7]})
scores.to_csv("scores.csv", index=False)

# %%
pd.read_csv("scores.csv").score.sum()
