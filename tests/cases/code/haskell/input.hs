{-# LANGUAGE OverloadedStrings #-}
{- |
Module      : Input
License     : BSD3
-}

-- | Parsers that give all results and not the first alone.
module Input (parse) where

parse :: String -> [(a, String)]
parse = undefined
