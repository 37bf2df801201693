"""Documents handed in by the contractor: receipt, 内容確認 point by point, 修正依頼, 確認済.

The kinds are declared by subjects.
"""
