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
# # Colorer un tableau

# %%
import pandas as pd

df = pd.DataFrame({"ville": ["Lille", "Nice"], "t": [11.2, 16.4]})

# %%
df.style.highlight_max(subset=["t"], color="gold")
