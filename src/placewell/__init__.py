"""What a supported-employment service specification means: rules, figures and reports, over plain tables."""
