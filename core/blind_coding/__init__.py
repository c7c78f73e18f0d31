"""Blind double coding: sets that two coders describe without seeing each other, their agreement, and its settling."""
