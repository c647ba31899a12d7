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
# # Un tableau pour le compte rendu

# %%
import pandas as pd

mesures = pd.DataFrame({"t": [0, 1, 2], "v": [0.0, 4.9, 19.6]})

# %%
print(mesures.to_markdown(index=False))
