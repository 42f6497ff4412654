/* -*- mode: c; tab-width: 8 -*-
 * input.c -- what a ring of bytes does when it is full
 *
 * Copyright (C) 2001 Somebody Else
 *
 * This program is free software; you can redistribute it and/or modify
 * it under the terms of the GNU General Public License.
 */

#include "ring.h"

static int full(const struct ring *ring)
{
	return ring->length == ring->size;	/* never more */
}
