/** @file Which tapes can be decoded here. */
import {
  AV_CODEC_ID_AV1,
  AV_CODEC_ID_H264,
  AV_CODEC_ID_HEVC,
  AV_CODEC_ID_MJPEG,
  AV_CODEC_ID_MPEG2VIDEO,
  AV_CODEC_ID_MPEG4,
  AV_CODEC_ID_MSMPEG4V2,
  AV_CODEC_ID_MSMPEG4V3,
  AV_CODEC_ID_VP9,
} from 'node-av/constants'
import { Codec, getFFmpegInfo } from 'node-av/lib'

/** Codecs that the tapes of cameras and recorders come in. */
const expected = {
  h264: AV_CODEC_ID_H264,
  hevc: AV_CODEC_ID_HEVC,
  vp9: AV_CODEC_ID_VP9,
  av1: AV_CODEC_ID_AV1,
  mpeg4: AV_CODEC_ID_MPEG4,
  msmpeg4v2: AV_CODEC_ID_MSMPEG4V2,
  msmpeg4v3: AV_CODEC_ID_MSMPEG4V3,
  mpeg2: AV_CODEC_ID_MPEG2VIDEO,
  mjpeg: AV_CODEC_ID_MJPEG,
} as const

export interface MediaCapabilities {
  ffmpeg: string
  /** Each codec that tapes come in, and whether it can be decoded. */
  decoders: { codec: string; available: boolean }[]
}

/** The FFmpeg that is built in, and what it can decode. */
export function mediaCapabilities(): MediaCapabilities {
  return {
    ffmpeg: getFFmpegInfo().version ?? 'unknown',
    decoders: Object.entries(expected).map(([codec, id]) => ({
      codec,
      available: Codec.findDecoder(id) !== null,
    })),
  }
}
