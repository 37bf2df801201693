"""年度・契約・数値・閉庁日・様式の宛先: the settings of a year."""
