"""The autopilot: which matches to be at, so that most of the teams one wants are seen.

Pure: numbers in, numbers and words out. What it aims at, in this order, is ``task.py``'s to say;
how it searches is told in docs/coverage-autopilot.md.
"""
