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
# # Your turn

# %%
speed = ...  # metres per second
time_s = 12

# %%
distance = speed * time_s
print(distance)
