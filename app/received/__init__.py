"""What the contractor hands in, of any kind: receipt, 内容確認 point by point, 修正依頼, 確認済; kinds are declared by
subjects."""
