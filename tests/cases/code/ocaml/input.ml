(* This file is part of Thing. Copyright 2012 INRIA. *)

(** Maps over ordered keys, as balanced trees.

    All operations are purely applicative. *)

open Printf

let rec height = function
  | Empty -> 0
  | Node (_, _, _, _, h) -> h
