"""Which form of file a data set is wanted in."""

from django import forms

from placewell_web.nhsuk.fields import ChoiceField


class DownloadForm(forms.Form):
    """CSV or Parquet."""

    file_type = ChoiceField(
        label="Kind of file",
        choices=[("csv", "CSV, for a spreadsheet or any other program"), ("parquet", "Parquet, for analysis")],
        missing="Choose the kind of file.",
    )
