"""Reads of the trial, each with the viewer first."""
