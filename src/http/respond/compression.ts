import { constants, type BrotliOptions } from "node:zlib";

/** Responses shorter than this are not worth compressing, in bytes. */
export const COMPRESS_FROM = 1_024;
/** Level 4 of 11: near gzip's cost, better than its size. */
export const FAST_BROTLI: BrotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };
