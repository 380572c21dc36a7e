"""New workbooks, blank and filled, made with xlsxwriter; an adopted table never comes through here."""
