"""Which form of file a data set is wanted in."""

from django import forms


class DownloadForm(forms.Form):
    file_type = forms.ChoiceField(
        label="Kind of file",
        choices=[("csv", "CSV, for a spreadsheet or any other program"), ("parquet", "Parquet, for analysis")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of file.", "invalid_choice": "Choose the kind of file."},
    )
