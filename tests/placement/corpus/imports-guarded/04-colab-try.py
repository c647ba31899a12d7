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
# # Where am I?

# %%
try:
    import google.colab
    IN_COLAB = True
except ImportError:
    IN_COLAB = False

# %%
if IN_COLAB:
    from google.colab import files
    files.upload()
else:
    print("running elsewhere")

# %%
import pandas as pd
pd.Series([1, 2, 3]).sum()
