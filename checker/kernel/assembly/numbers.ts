/** Numbers of one width, one after the other. As everywhere in the kernel, an object is no more than its address. */
@unmanaged
export class Numbers<T> {
  @inline
  at(index: i32): T {
    return load<T>(changetype<usize>(this) + ((<usize>index) << alignof<T>()));
  }

  @inline
  put(index: i32, value: T): void {
    store<T>(changetype<usize>(this) + ((<usize>index) << alignof<T>()), value);
  }
}

/** Records of one class, one after the other. */
@unmanaged
export class Records<T> {
  @inline
  at(index: i32): T {
    return changetype<T>(changetype<usize>(this) + <usize>index * offsetof<T>());
  }
}

/** The record that stands after one. */
export function after<T>(record: T): T {
  return changetype<T>(changetype<usize>(record) + offsetof<T>());
}
