;;; input.el --- Folds what is between headings  -*- lexical-binding: t; -*-

;; Copyright (C) 2020 Somebody

;;; Commentary:

;; Nothing to see.

;;; Code:
(defun input-fold () (interactive) (message "folded"))
