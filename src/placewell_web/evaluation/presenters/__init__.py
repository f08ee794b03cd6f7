"""The trial's facts as words, rows and drawings of the evaluator's pages."""
