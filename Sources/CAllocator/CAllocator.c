#include "CAllocator.h"

// Says which library this is.
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>

void allocator_map_blocks_from(size_t bytes) {
  mallopt(M_MMAP_THRESHOLD, (int)bytes);
}

void allocator_give_back(void) {
  malloc_trim(0);
}
#else
void allocator_map_blocks_from(size_t bytes) {
  (void)bytes;
}

void allocator_give_back(void) {}
#endif
