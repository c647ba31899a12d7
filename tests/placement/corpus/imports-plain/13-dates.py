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
# # Dates et fuseaux

# %%
import datetime as dt
from dateutil.relativedelta import relativedelta
from dateutil.parser import parse

# %%
naissance = parse("2009-04-17")
relativedelta(dt.datetime(2025, 9, 1), naissance).years
