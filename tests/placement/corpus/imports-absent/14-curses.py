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
# # A terminal game

# %%
import curses

# %%
screen = curses.initscr()
screen.addstr(0, 0, "Hello")
curses.endwin()
