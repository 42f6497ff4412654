#!/usr/bin/env python3
# -*- coding: utf-8 -*-
# Copyright (c) 2019, the team.
# All rights reserved.
"""
Reads what a sensor writes, and draws it.

Usage: input.py [FILE]
"""

from __future__ import annotations


def main() -> None:
    """Not this."""
    print("hello")
