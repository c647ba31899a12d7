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
# # Les crimes et la lecture en 1830

# %%
import statsmodels.api as sm

guerry = sm.datasets.get_rdataset("Guerry", "HistData").data

# %%
guerry[["Literacy", "Lottery"]].corr()
