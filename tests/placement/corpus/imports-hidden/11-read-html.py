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
# # Un tableau dans une page

# %%
from io import StringIO
import pandas as pd

# %%
page = "<table><tr><th>jour</th><th>coef</th></tr><tr><td>1</td><td>95</td></tr></table>"
pd.read_html(StringIO(page))[0]
